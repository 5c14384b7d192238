/// The hold of a test on the requests of a surface: [Interception] is the entry. Absent in the program, which loads none of this.
///
/// Three places on the way of a request: around its exchange ([InterceptedExchange]), where an answer is cut; outermost among the stages
/// ([RecordingStage]), where it is written down in a [RequestJournal]; and innermost ([FaultInjectionStage]), where what is to befall it is known by who sends it and what it asks for.
/// Which fault befalls which request others say ([FaultSource]).
@NullMarked
package dev.pintle.kube.intercept;

import org.jspecify.annotations.NullMarked;
