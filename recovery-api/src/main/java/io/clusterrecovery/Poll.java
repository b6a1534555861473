package io.clusterrecovery;

/**
 * One look at something that is waited for: it is there, it is not there yet, or it will never be.
 *
 * @param <T> what the wait gives when it is there
 */
public sealed interface Poll<T> {

  /**
   * It is there.
   *
   * @param value what was waited for
   */
  record Done<T>(T value) implements Poll<T> {}

  /**
   * It is not there yet.
   *
   * @param seen what was seen instead, for progress and for the error at the limit
   */
  record NotYet<T>(String seen) implements Poll<T> {}

  /**
   * It will never be there, so waiting on is useless.
   *
   * @param code the reason's stable name
   * @param found what was found
   * @param next what to do next
   */
  record Never<T>(Code code, String found, String next) implements Poll<T> {}

  /** {@return it is there} */
  static <T> Poll<T> done(T value) {
    return new Done<>(value);
  }

  /** {@return it is not there yet} */
  static <T> Poll<T> notYet(String seen) {
    return new NotYet<>(seen);
  }

  /** {@return it will never be there} */
  static <T> Poll<T> never(Code code, String found, String next) {
    return new Never<>(code, found, next);
  }
}
