/**
 * Why the program cannot start or go on, for whoever runs it: one sentence with the remedy. It is printed as it is, without a
 * stack, and the program ends with exit code 1. (Trouble of missions, which people read in both languages, is catalogue/trouble.ts.)
 */
export class StartFault extends Error {
  override readonly name = 'StartFault'
}
