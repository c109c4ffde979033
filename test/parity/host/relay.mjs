// relay.mjs ADDRESS PORT SOCKET: run with a host's network, hands connections on to a socket file of this machine, until its input ends.
import { connect, createServer } from 'node:net'

const [address, port, socket] = process.argv.slice(2)
const server = createServer((client) => {
  const mirror = connect(socket)
  for (const [from, to] of [[client, mirror], [mirror, client]]) from.on('error', () => to.destroy()).pipe(to)
})
server.listen(Number(port), address, () => process.stdout.write('ready\n'))
process.stdin.resume().on('end', () => process.exit(0))
