// What a peer that others wrote does for a test: commands in, events out, a line each. README.md has both.
// The two versions of js-libp2p that we test against differ in how a node is made, and in nothing that is used here.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({
  options: {
    key: { type: 'string' }, // a file with the identity: 32 bytes in hexadecimal; it is made if there is none
    topic: { type: 'string' },
    listen: { type: 'string', default: '/ip4/127.0.0.1/tcp/0' },
    unsigned: { type: 'boolean', default: false }, // StrictNoSign, and ids from the data, as Waku has them
    protocol: { type: 'string', multiple: true }, // in place of gossipsub's own
    count: { type: 'string', default: '1' } // peers in this process
  }
})

const ENDED = ['aborted', 'reset', 'closed']

/**
 * Runs peers until `quit`, or until standard input ends: nobody is left behind when a test is killed.
 * make({ seed, topic, listen, unsigned, protocol }) starts a node that has subscribed to the topic, and returns
 * { node, pubsub, address(text), publish(topic, data) -> the bytes that went out }.
 */
export async function run (make) {
  const count = Number(options.count)
  const peers = []
  for (let i = 0; i < count; i++) {
    const say = event => process.stdout.write(JSON.stringify(count > 1 ? { ...event, at: i } : event) + '\n')
    peers.push({ ...await make({ ...options, seed: seed(i) }), say })
    watch(peers[i])
  }
  for await (const line of createInterface({ input: process.stdin })) {
    const [, at, name, rest] = line.match(/^(?:@(\d+) )?(\S+) ?(.*)$/)
    if (name === 'quit') break
    const { say } = peers[at ?? 0]
    commands[name](peers[at ?? 0], ...rest.split(' ')).catch(error => say({ ev: 'error', line, says: String(error) }))
  }
  await Promise.race([Promise.all(peers.map(({ node }) => node.stop())), setTimeout(2000)])
  process.exit(0)
}

const commands = {
  async dial ({ node, address }, multiaddr) { await node.dial(address(multiaddr)) },

  async publish (peer, topic, hex) { await publish(peer, topic, Buffer.from(hex, 'hex')) },

  async 'publish-size' (peer, topic, bytes, count, head = '') {
    for (let i = 0; i < Number(count); i++) {
      await publish(peer, topic, Buffer.concat([Buffer.from(head, 'hex'), randomBytes(Number(bytes))]))
      await setImmediate() // sockets have their turn
    }
  },

  async ping ({ node, say }, id) {
    say({ ev: 'pong', peer: id, ms: await node.services.ping.ping(connection(node, id).remotePeer) })
  },

  async mesh ({ pubsub, say }, topic) { say({ ev: 'mesh', topic, peers: pubsub.getMeshPeers(topic) }) },

  async reset ({ pubsub }, id) { abort(pubsub.streamsOutbound.get(id)) },

  async 'reset-inbound' ({ pubsub }, id) { abort(pubsub.streamsInbound.get(id)) }
}

async function publish (peer, topic, data) {
  const sent = await peer.publish(topic, data)
  peer.say({ ev: 'published', topic, ...digest(sent) })
}

function watch (peer) {
  const { node, pubsub, say } = peer
  const link = state => ({ detail: id }) => {
    const outbound = state === 'up' ? connection(node, id).direction === 'outbound' : undefined
    say({ ev: 'link', peer: id.toString(), state, outbound })
  }
  node.addEventListener('peer:connect', link('up'))
  node.addEventListener('peer:disconnect', link('down'))
  pubsub.addEventListener('message', ({ detail: { topic, from, data } }) => {
    say({ ev: 'delivered', topic, from: from?.toString() ?? null, ...digest(data) })
  })
  const told = new WeakSet()
  const had = new Map()
  setInterval(() => { report(peer, told); heal(peer, had) }, 50).unref()
  say({ ev: 'listening', peer: node.peerId.toString(), addrs: node.getMultiaddrs().map(String) })
}

/**
 * js-libp2p opens no second stream to a peer once the first was reset, until the two connect anew. This does: it calls
 * for the streams that were there, and are gone while their connection is not.
 */
function heal ({ node, pubsub }, had) {
  for (const connection of node.getConnections()) {
    const id = connection.remotePeer.toString()
    const stream = pubsub.streamsOutbound.get(id)
    if (stream && !ENDED.includes(stream.rawStream.status)) {
      had.set(id, connection)
    } else if (had.get(id) === connection) {
      had.delete(id)
      pubsub.streamsOutbound.delete(id)
      pubsub.createOutboundStream(connection.remotePeer, connection)
    }
  }
}

/** Tells of streams that were opened since the last call. */
function report ({ pubsub, say }, told) {
  for (const [outbound, streams] of [[true, pubsub.streamsOutbound], [false, pubsub.streamsInbound]]) {
    for (const [id, stream] of streams) {
      if (told.has(stream)) continue
      told.add(stream)
      say({ ev: 'stream', peer: id, outbound })
    }
  }
}

const abort = stream => stream.rawStream.abort(new Error('a test resets it'))

const connection = (node, id) => node.getConnections().find(({ remotePeer }) => remotePeer.toString() === id.toString())

const digest = data => ({ size: data.length, sha256: createHash('sha256').update(data).digest('hex') })

/** The seed of the identity of peer i: of the file `--key`, or new. */
function seed (i) {
  if (options.key === undefined) return randomBytes(32)
  const file = i === 0 ? options.key : `${options.key}.${i}`
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
}
