@NullMarked
package dev.pintle.kube.admission.match;

import org.jspecify.annotations.NullMarked;
