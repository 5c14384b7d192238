/// The wishes of a request, read from its line and its query, before anything is looked up: [RequestInfo], [Query] and
/// the options of each verb.
@NullMarked
package dev.pintle.kube.request;

import org.jspecify.annotations.NullMarked;
