import type { DocumentOptions, SchemaOptions, Tags } from 'yaml'

/** YAML 1.1 as PyYAML reads it, which unlike the standard takes `y` and `n` for texts. */
export const DIALECT: DocumentOptions & SchemaOptions = { version: '1.1', customTags: (tags: Tags) => tags.map(withoutLetters) }

function withoutLetters(tag: Tags[number]): Tags[number] {
  if (typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:bool' || !('test' in tag) || tag.test === undefined) return tag
  return { ...tag, test: new RegExp(`^(?![yYnN]$)(?:${tag.test.source})`) }
}
