// N nodes of js-libp2p in this process: what relay_peers.cc does with ours, step by step, and the same line at the end.
import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { make } from '../interop/libp2p/make.mjs'

const TOPIC = 'bench'
const STRIDES = [1, 2]
const STEADY_SECONDS = 10
const STEADY_RATE = 20
const IN_FLIGHT = 50

const [nodes, messages, bytes] = process.argv.slice(2).map(Number)
const peers = []
let published = 0
let missing = 0
let finished

await link()
const rssIdle = process.memoryUsage.rss()
for (let i = 0; i < STEADY_SECONDS; i++) await Promise.all([play(STEADY_RATE), setTimeout(1000)])
const rssSteady = process.memoryUsage.rss()
const cpu = process.cpuUsage()
const began = process.hrtime.bigint()
await play(messages)
const wall = process.hrtime.bigint() - began
const { user, system } = process.cpuUsage(cpu)
process.stdout.write(JSON.stringify({
  nodes,
  messages,
  deliveries: messages * (nodes - 1),
  cpu_s: (user + system) / 1e6,
  wall_s: Number(wall) / 1e9,
  rss_idle_bytes: rssIdle,
  rss_steady_bytes: rssSteady,
  rss_full_bytes: process.memoryUsage.rss()
}) + '\n')
process.exit(0)

/** A ring with chords; returns when every link is in both meshes. */
async function link () {
  for (let i = 0; i < nodes; i++) {
    peers.push(await make({ seed: randomBytes(32), topic: TOPIC, listen: '/ip4/127.0.0.1/tcp/0' }))
    peers[i].pubsub.addEventListener('message', () => { if (--missing === 0) finished() })
  }
  for (let i = 0; i < nodes; i++) {
    for (const stride of STRIDES) await peers[i].node.dial(peers[(i + stride) % nodes].node.getMultiaddrs()[0])
  }
  while (!peers.every(({ pubsub }) => pubsub.getMeshPeers(TOPIC).length === 2 * STRIDES.length)) await setTimeout(20)
}

/** Nodes publish in turn, so many messages at a time, until every node has every message. */
async function play (count) {
  for (let left = count; left > 0; left -= IN_FLIGHT) {
    const some = Math.min(left, IN_FLIGHT)
    missing = some * (nodes - 1)
    const done = new Promise(resolve => { finished = resolve })
    for (let i = 0; i < some; i++) {
      const payload = Buffer.alloc(bytes)
      payload.writeBigUInt64BE(BigInt(published))
      await peers[published++ % nodes].pubsub.publish(TOPIC, payload)
    }
    await done
  }
}
