// Makes a peer of js-libp2p: TCP, Noise, Yamux, identify, ping, gossipsub.
import { createHash } from 'node:crypto'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { gossipsub, StrictNoSign, StrictSign } from '@libp2p/gossipsub'
import { identify } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'

const ofData = ({ data }) => createHash('sha256').update(data).digest()

/** As driver.mjs wants it; `seed` is 32 bytes. */
export async function make ({ seed, topic, listen, unsigned, protocol }) {
  const policy = unsigned
    ? { globalSignaturePolicy: StrictNoSign, msgIdFn: ofData }
    : { globalSignaturePolicy: StrictSign }
  const node = await createLibp2p({
    start: false,
    privateKey: await generateKeyPairFromSeed('Ed25519', seed),
    addresses: { listen: [listen] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: {
      identify: identify(),
      ping: ping(),
      pubsub: gossipsub({ ...policy, fallbackToFloodsub: false, allowPublishToZeroTopicPeers: true })
    }
  })
  const { pubsub } = node.services
  if (protocol) pubsub.protocols = protocol // before it starts, which registers them
  await node.start()
  pubsub.subscribe(topic)
  const publish = async (topic, data) => {
    await pubsub.publish(topic, data)
    return data
  }
  return { node, pubsub, publish, address: multiaddr }
}
