package io.clusterrecovery.k8s;

import java.util.List;

/** What is inside a request: a PKCS#10, or something that cannot be read as one. */
sealed interface Content {

  /** Whose signature a request carries. */
  enum Signature {
    /** The requested key's own. */
    BY_ITS_KEY,
    /** Any other, or none that could be verified. */
    NOT_BY_ITS_KEY,
    /** Nobody looked. */
    NOT_VERIFIED
  }

  /** It cannot be read. */
  record Unreadable(String why) implements Content {}

  /**
   * A PKCS#10.
   *
   * @param commonNames the CN values of the subject
   * @param organizations the O values of the subject
   * @param otherSubject what else the subject holds
   * @param key the public key
   * @param signature whether it was made with that key
   * @param names the subject alternative names it asks for
   * @param oddities what else it asks for, and whatever one reader may take for something other
   *     than another reader does
   */
  record Pkcs10(
      List<String> commonNames,
      List<String> organizations,
      List<String> otherSubject,
      PublicKeyInfo key,
      Signature signature,
      List<AltName> names,
      List<String> oddities)
      implements Content {
    public Pkcs10 {
      commonNames = List.copyOf(commonNames);
      organizations = List.copyOf(organizations);
      otherSubject = List.copyOf(otherSubject);
      names = List.copyOf(names);
      oddities = List.copyOf(oddities);
    }
  }
}
