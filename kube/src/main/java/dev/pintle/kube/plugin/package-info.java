/// Admission plugins that are off unless somebody turns them on.
@NullMarked
package dev.pintle.kube.plugin;

import org.jspecify.annotations.NullMarked;
