@NullMarked
package dev.pintle.kube.certificate;

import org.jspecify.annotations.NullMarked;
