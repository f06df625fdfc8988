// js-waku's relay on the js-libp2p of its time. What it publishes is wrapped in a Waku message; it refuses all else.
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { identify } from '@libp2p/identify'
import { createFromPrivKey } from '@libp2p/peer-id-factory'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { multiaddr } from '@multiformats/multiaddr'
import { createEncoder } from '@waku/core'
import { wakuGossipSub, wakuRelay } from '@waku/relay'
import { createLibp2p } from 'libp2p'
import { run } from '../driver.mjs'

await run(async ({ seed, topic, listen }) => {
  const node = await createLibp2p({
    peerId: await createFromPrivKey(await generateKeyPairFromSeed('Ed25519', seed)),
    addresses: { listen: [listen] },
    transports: [tcp()],
    connectionEncryption: [noise()],
    streamMuxers: [yamux()],
    services: { identify: identify(), ping: ping(), pubsub: wakuGossipSub({ allowPublishToZeroTopicPeers: true }) }
  })
  const relay = wakuRelay([topic])(node) // subscribes
  const publish = async (pubsubTopic, payload) => {
    const encoder = createEncoder({ contentTopic: '/orrery/1/interop/proto', pubsubTopic })
    const message = { payload, timestamp: new Date() }
    const { failures } = await relay.send(encoder, message)
    if (failures?.length) throw new Error(JSON.stringify(failures))
    return encoder.toWire(message)
  }
  return { node, pubsub: node.services.pubsub, publish, address: multiaddr }
})
