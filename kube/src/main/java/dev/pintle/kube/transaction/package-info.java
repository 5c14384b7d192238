/// Writes of objects: several of them in one transaction of the store, on the condition that nobody changed what was read, and
/// tried again from the newest state when somebody did.
@NullMarked
package dev.pintle.kube.transaction;

import org.jspecify.annotations.NullMarked;
