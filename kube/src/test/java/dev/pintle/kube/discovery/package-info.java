/// Discovery against the documents of the real server.
@NullMarked
package dev.pintle.kube.discovery;

import org.jspecify.annotations.NullMarked;
