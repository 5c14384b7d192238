/// Stories in plain text (`src/test/scenarios`) and the store they are told to.
@NullMarked
package dev.pintle.kernel.scenario;

import org.jspecify.annotations.NullMarked;
