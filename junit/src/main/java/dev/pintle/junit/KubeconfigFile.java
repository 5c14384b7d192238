package dev.pintle.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The mark of a parameter that is given a kubeconfig for the server: a `java.nio.file.Path` leads to a file, readable by this user only,
/// which is gone after the test; a `String` is its text. One for an [AsUser] has a key that takes a good part of a second to make.
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface KubeconfigFile {}
