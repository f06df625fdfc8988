// js-libp2p, as the tests talk to it.
import { run } from '../driver.mjs'
import { make } from './make.mjs'

await run(make)
