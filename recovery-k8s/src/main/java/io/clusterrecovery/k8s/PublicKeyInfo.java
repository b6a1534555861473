package io.clusterrecovery.k8s;

/**
 * A public key.
 *
 * @param name kind and size, such as "RSA 2048"
 * @param strong whether it is of a kind and size that is accepted
 * @param digest the first half of the SHA-256 of its encoding, in hex: equal for equal keys
 */
record PublicKeyInfo(String name, boolean strong, String digest) {}
