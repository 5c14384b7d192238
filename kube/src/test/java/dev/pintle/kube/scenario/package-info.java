/// The files of stories, which several tests read.
@NullMarked
package dev.pintle.kube.scenario;

import org.jspecify.annotations.NullMarked;
