import { quote } from '../../text/shell-quote.ts'

/** Which server is asked, and how. */
export interface AskedServer {
  readonly host: string
  readonly port: number
  readonly server_name: string | undefined
  readonly ca_cert: string | undefined
  readonly proxy_host: string | undefined
  readonly proxy_port: number
  readonly timeout: number
  readonly starttls: 'mysql' | undefined
  readonly ciphers: readonly string[] | undefined
}

/** Prints what a server shows; fails as the connection does, or where a CA is asked for and did not sign it. */
export function serverCertificateScript(server: AskedServer): string {
  return `command -v openssl >/dev/null || { echo 'Failed to find required executable "openssl"' >&2; exit 127; }
w=; command -v timeout >/dev/null && w='timeout ${server.timeout}'
e=$(mktemp) || exit
trap 'rm -f "$e"' EXIT
c=$($w openssl s_client ${words(server)} </dev/null 2>"$e")
s=$?
case $c in
*'-----BEGIN CERTIFICATE-----'*) ${server.ca_cert === undefined ? '' : '[ $s = 0 ] && '}{ printf '%s\\n' "$c"; exit 0; } ;;
esac
[ $s = 124 ] && echo timed out >&2
cat "$e" >&2; exit 1`
}

function words({ host, port, server_name: name, ca_cert: authorities, ciphers, starttls, ...proxy }: AskedServer): string {
  const at = (address: string, number: number): string => quote(`${address.includes(':') ? `[${address}]` : address}:${number}`)
  return [
    `-connect ${at(host, port)}`, `-servername ${quote(name ?? host)}`,
    ...proxy.proxy_host === undefined ? [] : [`-proxy ${at(proxy.proxy_host, proxy.proxy_port)}`],
    ...starttls === undefined ? [] : [`-starttls ${starttls}`],
    ...ciphers === undefined ? [] : [`-cipher ${quote(ciphers.join(':'))}`],
    ...authorities === undefined ? [] : [`-CAfile ${quote(authorities)} -verify_return_error`],
  ].join(' ')
}
