package io.clusterrecovery.etcd;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Walks the tree of one bucket in the order of its keys, and checks on the way what bbolt's own
 * {@code Tx.Check} checks: kinds of pages, order of keys within what the branches above say, every
 * page reached once.
 */
final class BoltTree {
  /** With two children a branch at least, more could not be addressed. */
  private static final int DEEPEST = 32;

  /** Keys are at most 32 KiB; bbolt splits a branch that has more than a few of those. */
  private static final int LARGEST_BRANCH = 256 << 10;

  private final BoltPages pages;
  private final boolean ofBuckets;
  private final Visitor visitor;
  private final KeyOrder order = new KeyOrder();

  /** Is given each entry, and each leaf page before its entries. */
  interface Visitor {
    /** The keys and values of a leaf page, one after the other, from a place to another in it. */
    default void leaf(ByteBuffer page, int from, int to) throws IOException {}

    /** An entry; its value begins where its key ends. */
    void entry(ByteBuffer page, int keyAt, int keySize, int valueSize) throws IOException;

    /** Whether no further page is wanted. */
    default boolean done() {
      return false;
    }
  }

  private BoltTree(BoltPages pages, boolean ofBuckets, Visitor visitor) {
    this.pages = pages;
    this.ofBuckets = ofBuckets;
    this.visitor = visitor;
  }

  /** The tree of the buckets of an etcd database: each of its entries is one. */
  static BoltTree ofBuckets(BoltPages pages, Visitor visitor) {
    return new BoltTree(pages, true, visitor);
  }

  /** The tree of one bucket of etcd: none of its entries is another bucket. */
  static BoltTree ofKeys(BoltPages pages, Visitor visitor) {
    return new BoltTree(pages, false, visitor);
  }

  void walk(long root) throws IOException {
    walk(root, 0);
  }

  /** Goes to the last leaf alone. */
  void walkLast(long root) throws IOException {
    BoltPage page = new BoltPage(pages.read(root), "its page " + root);
    while (!page.isLeaf()) {
      if (page.count() == 0) {
        throw damaged(page);
      }
      long last = page.child(page.count() - 1);
      page = new BoltPage(pages.read(last), "its page " + last);
    }
    leaf(page);
  }

  /** Walks a bucket that is kept inside of another's leaf. */
  void walkInline(ByteBuffer bytes) throws IOException {
    BoltPage page = new BoltPage(bytes, "a bucket of it");
    if (!page.isLeaf()) {
      throw damaged(page);
    }
    leaf(page);
  }

  private void walk(long id, int depth) throws IOException {
    BoltPage page = new BoltPage(pages.read(id), "its page " + id);
    if (page.count() == 0 && (depth > 0 || !page.isLeaf())) {
      throw damaged(page);
    }
    if (page.isLeaf()) {
      leaf(page);
    } else {
      branch(page, depth);
    }
  }

  private void branch(BoltPage read, int depth) throws IOException {
    if (depth == DEEPEST || read.bytes().limit() > LARGEST_BRANCH) {
      throw damaged(read);
    }
    BoltPage page = read.copy();
    int at = page.data();
    for (int i = 0; i < page.count() && !visitor.done(); i++) {
      int end = page.end(i, at);
      if (!order.acceptsBranch(page.bytes(), at, page.keySize(i))) {
        throw unordered(page);
      }
      at = end;
      walk(page.child(i), depth + 1);
    }
  }

  private void leaf(BoltPage page) throws IOException {
    int at = page.data();
    for (int i = 0; i < page.count(); i++) {
      int end = page.end(i, at);
      if (!order.acceptsLeaf(page.bytes(), at, page.keySize(i))) {
        throw unordered(page);
      }
      if (page.isBucket(i) != ofBuckets) {
        throw damaged(page);
      }
      at = end;
    }
    visitor.leaf(page.bytes(), page.data(), at);
    entries(page);
  }

  private void entries(BoltPage page) throws IOException {
    int at = page.data();
    for (int i = 0; i < page.count(); i++) {
      int keySize = page.keySize(i);
      int valueSize = page.valueSize(i);
      visitor.entry(page.bytes(), at, keySize, valueSize);
      at += keySize + valueSize;
    }
  }

  private static BoltFormatException unordered(BoltPage page) {
    return BoltFormatException.corrupt(page.name() + " is damaged: its keys are not in order");
  }

  private static BoltFormatException damaged(BoltPage page) {
    return BoltFormatException.corrupt(page.name() + " is damaged");
  }
}
