@NullMarked
package dev.pintle.kube.warning;

import org.jspecify.annotations.NullMarked;
