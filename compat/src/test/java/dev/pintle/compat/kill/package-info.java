/// `kill -9` under load, again and again, through both surfaces: nothing acknowledged is lost and no revision is used twice.
@NullMarked
package dev.pintle.compat.kill;

import org.jspecify.annotations.NullMarked;
