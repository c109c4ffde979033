/** One moving line at the bottom of a terminal. */
export interface Spinner {
  show(text: string): void
  hide(): void
}

/** The spinner of package ora on a terminal stream. */
export async function createSpinner(stream: NodeJS.WriteStream): Promise<Spinner> {
  const { default: ora } = await import('ora')
  // Keeping hands off stdin lets Ctrl-C and prompts work as usual.
  const spinner = ora({ stream, discardStdin: false, hideCursor: true, spinner: 'dots', color: 'cyan' })
  return {
    show(text) {
      spinner.text = text
      if (!spinner.isSpinning) spinner.start()
    },
    hide() {
      if (spinner.isSpinning) spinner.stop()
    },
  }
}
