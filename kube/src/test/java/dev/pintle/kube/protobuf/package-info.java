/// The codec against golden data and against noise.
@NullMarked
package dev.pintle.kube.protobuf;

import org.jspecify.annotations.NullMarked;
