export { Outline } from './outline/Outline.tsx'
export { ProblemList } from './review/ProblemList.tsx'
