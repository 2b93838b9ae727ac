export { EDITOR_COMMANDS, type EditorCommandId } from '#shared/contract';
