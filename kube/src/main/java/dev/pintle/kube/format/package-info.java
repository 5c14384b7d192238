/// The forms that names and other texts of the API must have, each with the complaint that clients read.
@NullMarked
package dev.pintle.kube.format;

import org.jspecify.annotations.NullMarked;
