import { randomInt } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { numberArgument, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'

/** A name such as `keen-otter`, to tell things apart: it is no secret. */
export function randomPet(named: ReadonlyMap<string, Value>): string {
  const count = numberArgument(named.get('words'), 2)
  const longest = Math.max(3, numberArgument(named.get('length'), 6))
  const lists = [...Array.from({ length: Math.max(0, count - 2) }, () => ADVERBS), ...count > 1 ? [ADJECTIVES] : [], ANIMALS]
  const words = lists.map((list) => pick(fitting(list, 1, longest)))
  const prefix = textOf(named.get('prefix') ?? '')
  return [...prefix === '' ? [] : [prefix], ...words].join(textArgument(named.get('separator'), '-'))
}

const WORD_FILES = ['/usr/share/dict/words', '/usr/share/dict/american-english', '/usr/share/dict/british-english']

/** Words of the control host's dictionary, as one may remember them. */
export function randomWords(named: ReadonlyMap<string, Value>): string {
  const file = WORD_FILES.find((path) => existsSync(path))
  if (file === undefined) throw new EvaluationError('lookup-failed', `Cannot find a list of words: there is no ${WORD_FILES[0] ?? ''}`, 'Install one, such as wamerican')
  const [least, most] = [numberArgument(named.get('min_length'), 5), numberArgument(named.get('max_length'), 9)]
  const words = fitting(readFileSync(file, 'utf8').split('\n').filter((word) => /^[a-z]+$/.test(word)), least, most)
  const shape = Object.entries(CASES).find(([name]) => name === textArgument(named.get('case'), 'lower'))?.[1]
  if (shape === undefined) throw new EvaluationError('lookup-failed', `Cannot write words in the case '${textOf(named.get('case') ?? null)}'`, `Known are: ${Object.keys(CASES).join(', ')}`)
  return Array.from({ length: numberArgument(named.get('numwords'), 6) }, (_, index) => shape(pick(words), index)).join(textArgument(named.get('delimiter'), ' '))
}

const CASES: Readonly<Record<string, (word: string, index: number) => string>> = {
  lower: (word) => word,
  upper: (word) => word.toUpperCase(),
  capitalize: (word) => word.charAt(0).toUpperCase() + word.slice(1),
  alternating: (word, index) => index % 2 === 0 ? word : word.toUpperCase(),
  random: (word) => randomInt(2) === 0 ? word : word.toUpperCase(),
}

function fitting(words: readonly string[], least: number, most: number): readonly string[] {
  return words.filter((word) => word.length >= least && word.length <= most)
}

function pick(words: readonly string[]): string {
  if (words.length === 0) throw new EvaluationError('lookup-failed', 'Cannot find a word of that length')
  return words[randomInt(words.length)] ?? ''
}

const ADVERBS = words(
  'boldly briskly calmly clearly deftly eagerly easily fairly fondly fully gladly greatly happily highly jointly keenly kindly largely lightly loudly ' +
  'luckily mainly mildly mostly neatly newly nicely nobly openly plainly proudly purely quickly quietly rapidly readily really richly rightly safely ' +
  'sharply simply slowly smartly softly solidly soundly surely sweetly swiftly tidily truly vastly vividly warmly widely wisely wittily ',
)

const ADJECTIVES = words(
  'able apt bold brisk calm clear deft eager early easy fair fast fond full glad good grand happy hardy just keen kind large light live lucky main mild ' +
  'neat new nice noble open plain prime proud pure quick quiet rapid ready real rich ripe sharp smart solid sound spry still sunny super sure sweet swift ' +
  'tidy top true vast vivid warm well wise witty worthy young ',
)

const ANIMALS = words(
  'adder bass bat bear beetle bird bison boar bream buck camel carp cat civet cobra cod collie crab crane cricket crow cub deer dodo dog donkey dove ' +
  'drake duck eagle eel egret elk emu falcon fawn ferret finch fish flea fly fox frog gecko goat goose gopher grouse gull hare hawk hen heron hippo ' +
  'hornet horse hound ibex impala jackal jay kite kiwi koala lamb lark lemur lion lizard llama lynx macaw magpie mink mite mole monkey moose moth mouse ' +
  'mule newt ocelot orca oryx osprey otter owl ox panda parrot perch pig pigeon piglet pika pony prawn puma pup python quail rabbit ram raven robin ' +
  'rodent salmon seal shark sheep shrew shrimp skunk sloth slug snail snake sole spider sponge squid stag starling stork swan tahr tapir tick tiger toad ' +
  'toucan trout tuna turkey turtle viper vulture walrus wasp weasel whale wolf wombat worm wren yak zebra ',
)

function words(text: string): readonly string[] {
  return text.trim().split(' ')
}
