/// The end of objects whose owners are gone.
@NullMarked
package dev.pintle.kube.garbage;

import org.jspecify.annotations.NullMarked;
