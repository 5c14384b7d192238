/// The hold of a test on the requests of a surface: [Trial] is the entry. Absent in the program, which loads none of this.
///
/// Three places on the way of a request: around its exchange ([TappedExchange]), where an answer is cut; outermost among the stages
/// ([Recording]), where it is written down in a [RequestBook]; and innermost ([MishapStage]), where what is to befall it is known by who sends it and what it asks for.
/// Which mishap befalls which request others say ([MishapSource]).
@NullMarked
package dev.pintle.kube.trial;

import org.jspecify.annotations.NullMarked;
