@NullMarked
package dev.pintle.kube.watch;

import org.jspecify.annotations.NullMarked;
