export { NewPrompt as default } from './editor/new-prompt';
