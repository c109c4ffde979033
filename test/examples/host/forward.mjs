// forward.mjs SOCKET ADDRESS PORT: run with a host's network, hands connections to a socket file of this machine on to the host, until its input ends.
import { connect, createServer } from 'node:net'

const [socket, address, port] = process.argv.slice(2)
const server = createServer((client) => {
  const target = connect(Number(port), address)
  for (const [from, to] of [[client, target], [target, client]]) from.on('error', () => to.destroy()).pipe(to)
})
server.listen(socket, () => process.stdout.write('ready\n'))
process.stdin.resume().on('end', () => process.exit(0))
