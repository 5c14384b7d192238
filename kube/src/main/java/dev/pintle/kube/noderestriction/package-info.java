/// What a node may write: its own objects and those of its pods, [NodeRestriction].
@NullMarked
package dev.pintle.kube.noderestriction;

import org.jspecify.annotations.NullMarked;
