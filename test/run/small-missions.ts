import type { Mission } from '../../src/mission/mission.ts'
import { sketch } from '../mission/sketch.ts'

/** Missions small enough to be walked through in every order: each shape that the language has, by name. */
export const smallMissions: [string, Mission][] = [
  ['a choice whose arms meet', sketch(`start -> a\n a.yes -> b\n a.no -> c\n b -> d\n c -> d`)],
  ['an and that closes', sketch(`start -> a & b & c\n a -> d\n b -> d\n c.yes -> d\n c.no -> d`)],
  ['an and with an early end', sketch(`start -> a & b\n a -> c\n b.yes -> c\n b.no -> d\n c -> e`)],
  ['branches in the shape of an N', sketch(`start -> a & b\n a -> c & d\n b -> d & e\n c -> f\n e -> f`)],
  ['an and in an and', sketch(`start -> a & b\n a -> c & d\n c -> e\n d -> e\n e -> f\n b -> f`)],
  ['a loop in a branch', sketch(`start -> a & b\n a.again -> a\n a -> c\n b -> c`, { a: { maxVisits: 2 } })],
  ['a loop round an and', sketch(`start -> a\n a -> b & c\n b -> d\n c -> d\n d.again -> a\n d -> e`, { a: { maxVisits: 2 } })],
  ['a failure that is caught', sketch(`start -> a & b\n a -> c\n a.failed -> d\n d -> c\n b -> c`)],
  ['a join for any', sketch(`start -> a & b\n a -> c\n b -> d\n d -> c\n c -> e`, { c: { join: { wait: 'any' } } })],
  [
    'a join for two of three',
    sketch(`start -> a & b & c\n a -> d\n b -> d\n c -> d\n d -> e`, { d: { join: { wait: 'atLeast', count: 2 } } }),
  ],
  [
    'a join that cancels the rest',
    sketch(`start -> a & b & c\n a -> d\n b -> e & f\n e -> g\n f -> g\n g -> d\n c.yes -> d\n c.no -> h`, {
      d: { join: { wait: 'any', cancelRest: true } },
    }),
  ],
  [
    'two joins that cancel the rest',
    sketch(`start -> a & b & c\n a -> d\n b -> d & e\n c -> e\n e -> f\n d -> f`, {
      d: { join: { wait: 'any', cancelRest: true } },
      e: { join: { wait: 'atLeast', count: 2, cancelRest: true } },
    }),
  ],
  [
    'a join for any of two loops',
    sketch(`start -> a & b\n a.again -> a\n a -> c\n b.again -> b\n b -> c`, {
      a: { maxVisits: 2 },
      b: { maxVisits: 2 },
      c: { join: { wait: 'any' } },
    }),
  ],
  ['a loop with a failure that is caught', sketch(`start -> a\n a -> b\n b.failed -> a\n b -> c\n a.failed -> d`, { a: { maxVisits: 2 } })],
  [
    'a loop in a loop',
    sketch(`start -> a\n a -> b\n b.again -> b\n b -> c\n c.again -> a\n c -> d`, { a: { maxVisits: 2 }, b: { maxVisits: 2 } }),
  ],
  [
    'a loop round an and with an N inside',
    sketch(`start -> a\n a -> b & c\n b -> d & e\n c -> e\n d -> f\n e -> f\n f.again -> a\n f -> g`, { a: { maxVisits: 2 } }),
  ],
  ['a join that can never start', sketch(`start -> a & b\n a -> c\n b -> c\n c -> d`, { c: { join: { wait: 'atLeast', count: 3 } } })],
]
