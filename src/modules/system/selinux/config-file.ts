/** A setting of /etc/selinux/config. */
export function settingIn(text: string, name: string): string | undefined {
  return new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1]?.trim()
}

/** The same text with another value; nothing else changes. */
export function withSetting(text: string, name: string, value: string): string {
  if (settingIn(text, name) === value || value === '') return text
  const line = new RegExp(`^${name}=.*$`, 'm')
  if (line.test(text)) return text.replace(new RegExp(line.source, 'gm'), () => `${name}=${value}`)
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${name}=${value}\n`
}
