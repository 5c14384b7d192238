/// The verbs: each a small class that reads one moment of the store, decides, writes at most once on the condition that
/// nothing changed, and answers. What all share is [ApiRequest] (what was asked), [VerbContext] (what verbs need) and
/// [ObjectUpdate] (the update of one object). Every write is a transaction of [dev.pintle.kube.transaction].
@NullMarked
package dev.pintle.kube.verb;

import org.jspecify.annotations.NullMarked;
