/// The paths of columns, in the dialect of `k8s.io/client-go/util/jsonpath`: [JsonPath], its parser, and the steps that it is made of.
@NullMarked
package dev.pintle.kube.jsonpath;

import org.jspecify.annotations.NullMarked;
