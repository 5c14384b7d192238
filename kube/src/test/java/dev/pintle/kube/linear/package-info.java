@org.jspecify.annotations.NullMarked
package dev.pintle.kube.linear;
