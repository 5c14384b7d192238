@NullMarked
package dev.pintle.kube.trial;

import org.jspecify.annotations.NullMarked;
