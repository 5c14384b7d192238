@NullMarked
package dev.pintle.kube.intercept;

import org.jspecify.annotations.NullMarked;
