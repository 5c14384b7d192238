/// Addresses and ports that the server gives to services: chosen from a range, no two alike.
@NullMarked
package dev.pintle.kube.allocation;

import org.jspecify.annotations.NullMarked;
