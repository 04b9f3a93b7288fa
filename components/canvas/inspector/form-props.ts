/** What every form of a node kind is given: the settings as they are, and what to do with new ones. */
export type FormProps<S> = { settings: S; onChange: (settings: S) => void };
