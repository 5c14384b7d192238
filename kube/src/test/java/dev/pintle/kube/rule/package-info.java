@NullMarked
package dev.pintle.kube.rule;

import org.jspecify.annotations.NullMarked;
