/** In place of the validator that one of @rjsf/core's files names for its own tests: it is not installed, and nothing of ours asks for it. */
export default undefined;
