/// OpenAPI against the documents of the real server.
@NullMarked
package dev.pintle.kube.openapi;

import org.jspecify.annotations.NullMarked;
