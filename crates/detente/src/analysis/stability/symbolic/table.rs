//! Binary decision diagrams in one table: every function of bits that was built, each once.
//!
//! Reduced, ordered and shared, with complemented edges (Bryant 1986; Brace, Rudell and Bryant 1990). A node costs 12
//! bytes, its place in the table and in the memory of results 50 to 100 more. The number of nodes and the number of
//! steps are both bounded; an operation that meets a bound gives up and leaves the table as good as before.

/// A function: the position of a node, and whether its opposite is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::analysis::stability) struct Edge(u32);

/// What stops an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analysis::stability) enum Full {
    /// The nodes are used up.
    Nodes,
    /// The steps are used up.
    Steps,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    var: u32,
    low: Edge,
    /// Never complemented, so that every function has one form.
    high: Edge,
}

/// A result that was found before.
#[derive(Debug, Clone, Copy)]
struct Known {
    key: [u32; 4],
    result: Edge,
}

/// All nodes, and results found lately.
#[derive(Debug)]
pub(super) struct Table {
    nodes: Vec<Node>,
    /// Positions of nodes that may be used again.
    free: Vec<u32>,
    /// Open addressing: the position of a node by its hash; 0 is nowhere.
    buckets: Vec<u32>,
    known: Vec<Known>,
    most_nodes: usize,
    steps_left: u64,
    peak: usize,
}

const AND: u32 = 1;
const XOR: u32 = 2;
const EXISTS: u32 = 3;
const COFACTOR: u32 = 4;
/// Above these, one operation for each third argument.
const TERNARY: u32 = 8;
const AND_EXISTS: u32 = TERNARY;
const CHOOSE: u32 = TERNARY + 1;

const NOTHING: Known = Known { key: [0; 4], result: Edge::TRUE };
const SMALLEST: usize = 1 << 8;
const LEAF: u32 = u32::MAX;

impl Edge {
    pub(super) const TRUE: Edge = Edge(0);
    pub(super) const FALSE: Edge = Edge(1);

    pub(super) fn not(self) -> Edge {
        Edge(self.0 ^ 1)
    }

    pub(super) fn opposite(self) -> bool {
        self.0 & 1 == 1
    }

    pub(super) fn at(self) -> usize {
        (self.0 >> 1) as usize
    }

    fn not_if(self, opposite: bool) -> Edge {
        Edge(self.0 ^ u32::from(opposite))
    }

    fn constant(self) -> bool {
        self.0 < 2
    }
}

fn mixed(a: u32, b: u32, c: u32, d: u32) -> usize {
    let low = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let high = (u64::from(c) << 32 | u64::from(d)).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    let both = (low ^ high.rotate_left(29)).wrapping_mul(0x1656_67B1_9E37_79F9);
    (both >> 32) as usize
}

impl Table {
    /// An empty table that never holds more than so many nodes nor takes more than so many steps.
    pub(super) fn new(most_nodes: usize, steps: u64) -> Self {
        let leaf = Node { var: LEAF, low: Edge::TRUE, high: Edge::TRUE };
        Table {
            nodes: vec![leaf],
            free: Vec::new(),
            buckets: vec![0; SMALLEST],
            known: vec![NOTHING; SMALLEST],
            most_nodes: most_nodes.clamp(2, (1 << 30) - 1),
            steps_left: steps,
            peak: 1,
        }
    }

    /// How many nodes are in use.
    pub(super) fn used(&self) -> usize {
        self.nodes.len() - self.free.len()
    }

    /// The most nodes that were in use at a time.
    pub(super) fn peak(&self) -> usize {
        self.peak
    }

    pub(super) fn steps_left(&self) -> u64 {
        self.steps_left
    }

    /// The variable that a function looks at first; beyond all for a constant.
    pub(super) fn var(&self, of: Edge) -> u32 {
        self.nodes[of.at()].var
    }

    /// A function where its first variable is 0, and where it is 1.
    pub(super) fn branches(&self, of: Edge) -> (Edge, Edge) {
        let node = self.nodes[of.at()];
        (node.low.not_if(of.opposite()), node.high.not_if(of.opposite()))
    }

    /// The branches of a function by a variable that it looks at first or not at all.
    fn split(&self, of: Edge, var: u32) -> (Edge, Edge) {
        if self.var(of) == var { self.branches(of) } else { (of, of) }
    }

    /// The function that is `low` where the variable is 0 and `high` where it is 1.
    pub(super) fn node(&mut self, var: u32, low: Edge, high: Edge) -> Result<Edge, Full> {
        if low == high {
            return Ok(low);
        }
        let opposite = high.opposite();
        let node = Node { var, low: low.not_if(opposite), high: high.not_if(opposite) };
        let mask = self.buckets.len() - 1;
        let mut place = mixed(node.low.0, node.high.0, var, 0) & mask;
        loop {
            let at = self.buckets[place];
            if at == 0 {
                break;
            }
            let there = self.nodes[at as usize];
            if there.low == node.low && there.high == node.high && there.var == var {
                return Ok(Edge(at << 1).not_if(opposite));
            }
            place = (place + 1) & mask;
        }
        let at = match self.free.pop() {
            Some(at) => {
                self.nodes[at as usize] = node;
                at
            }
            None if self.nodes.len() < self.most_nodes => {
                self.nodes.push(node);
                (self.nodes.len() - 1) as u32
            }
            None => return Err(Full::Nodes),
        };
        self.buckets[place] = at;
        let used = self.used();
        self.peak = self.peak.max(used);
        if used * 2 > self.buckets.len() {
            self.rebuild(self.buckets.len() * 2);
            self.remember_more();
        }
        Ok(Edge(at << 1).not_if(opposite))
    }

    /// Hashes all nodes anew into so many places.
    fn rebuild(&mut self, places: usize) {
        self.buckets.clear();
        self.buckets.resize(places, 0);
        let mask = places - 1;
        for (at, node) in self.nodes.iter().enumerate().skip(1) {
            if node.var == LEAF {
                continue;
            }
            let mut place = mixed(node.low.0, node.high.0, node.var, 0) & mask;
            while self.buckets[place] != 0 {
                place = (place + 1) & mask;
            }
            self.buckets[place] = at as u32;
        }
    }

    /// Keeps as many results as there are places for nodes.
    fn remember_more(&mut self) {
        let old = std::mem::replace(&mut self.known, vec![NOTHING; self.buckets.len()]);
        for known in old {
            if known.key[0] != 0 {
                let place = self.place(known.key);
                self.known[place] = known;
            }
        }
    }

    fn place(&self, [a, b, c, d]: [u32; 4]) -> usize {
        mixed(a, b, c, d) & (self.known.len() - 1)
    }

    fn recall(&self, key: [u32; 4]) -> Option<Edge> {
        let known = &self.known[self.place(key)];
        (known.key == key).then_some(known.result)
    }

    fn step(&mut self) -> Result<(), Full> {
        self.steps_left = self.steps_left.checked_sub(1).ok_or(Full::Steps)?;
        Ok(())
    }

    fn remember(&mut self, key: [u32; 4], result: Edge) -> Edge {
        let place = self.place(key);
        self.known[place] = Known { key, result };
        result
    }

    /// Drops every node that no root leads to. Functions that a root leads to stay as they are.
    pub(super) fn collect(&mut self, roots: impl Iterator<Item = Edge>) {
        let mut kept = vec![false; self.nodes.len()];
        kept[0] = true;
        let mut open: Vec<usize> = roots.map(Edge::at).collect();
        while let Some(at) = open.pop() {
            if !kept[at] {
                kept[at] = true;
                open.push(self.nodes[at].low.at());
                open.push(self.nodes[at].high.at());
            }
        }
        self.free.clear();
        for (at, kept) in kept.iter().enumerate().rev() {
            if !kept {
                self.nodes[at].var = LEAF;
                self.free.push(at as u32);
            }
        }
        self.rebuild(self.buckets.len());
        self.known.fill(NOTHING);
    }

    pub(super) fn and(&mut self, a: Edge, b: Edge) -> Result<Edge, Full> {
        if a == b || b == Edge::TRUE {
            return Ok(a);
        }
        if a == Edge::TRUE {
            return Ok(b);
        }
        if a == Edge::FALSE || b == Edge::FALSE || a == b.not() {
            return Ok(Edge::FALSE);
        }
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        let key = [AND, a.0, b.0, 0];
        if let Some(found) = self.recall(key) {
            return Ok(found);
        }
        self.step()?;
        let var = self.var(a).min(self.var(b));
        let ((a0, a1), (b0, b1)) = (self.split(a, var), self.split(b, var));
        let low = self.and(a0, b0)?;
        let high = self.and(a1, b1)?;
        let result = self.node(var, low, high)?;
        Ok(self.remember(key, result))
    }

    pub(super) fn or(&mut self, a: Edge, b: Edge) -> Result<Edge, Full> {
        Ok(self.and(a.not(), b.not())?.not())
    }

    pub(super) fn xor(&mut self, a: Edge, b: Edge) -> Result<Edge, Full> {
        let opposite = a.opposite() != b.opposite();
        let (a, b) = (a.not_if(a.opposite()), b.not_if(b.opposite()));
        if a == b {
            return Ok(Edge::FALSE.not_if(opposite));
        }
        if a.constant() {
            return Ok(b.not_if(!opposite));
        }
        if b.constant() {
            return Ok(a.not_if(!opposite));
        }
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        let key = [XOR, a.0, b.0, 0];
        if let Some(found) = self.recall(key) {
            return Ok(found.not_if(opposite));
        }
        self.step()?;
        let var = self.var(a).min(self.var(b));
        let ((a0, a1), (b0, b1)) = (self.split(a, var), self.split(b, var));
        let low = self.xor(a0, b0)?;
        let high = self.xor(a1, b1)?;
        let result = self.node(var, low, high)?;
        Ok(self.remember(key, result).not_if(opposite))
    }

    /// `yes` where `condition` holds, else `no`.
    pub(super) fn choose(&mut self, condition: Edge, yes: Edge, no: Edge) -> Result<Edge, Full> {
        if condition.opposite() {
            return self.choose(condition.not(), no, yes);
        }
        if condition == Edge::TRUE || yes == no {
            return Ok(yes);
        }
        if yes == Edge::TRUE || yes == condition {
            return self.or(condition, no);
        }
        if yes == Edge::FALSE || yes == condition.not() {
            return self.and(condition.not(), no);
        }
        if no == Edge::FALSE || no == condition {
            return self.and(condition, yes);
        }
        if no == Edge::TRUE || no == condition.not() {
            return self.or(condition.not(), yes);
        }
        if yes == no.not() {
            return self.xor(condition, no);
        }
        let opposite = yes.opposite();
        let (yes, no) = (yes.not_if(opposite), no.not_if(opposite));
        let key = [CHOOSE, condition.0, yes.0, no.0];
        if let Some(found) = self.recall(key) {
            return Ok(found.not_if(opposite));
        }
        self.step()?;
        let var = self.var(condition).min(self.var(yes)).min(self.var(no));
        let ((c0, c1), (y0, y1), (n0, n1)) = (self.split(condition, var), self.split(yes, var), self.split(no, var));
        let low = self.choose(c0, y0, n0)?;
        let high = self.choose(c1, y1, n1)?;
        let result = self.node(var, low, high)?;
        Ok(self.remember(key, result).not_if(opposite))
    }

    /// Whether some values of the variables of `cube` (a conjunction of them) make it hold.
    pub(super) fn exists(&mut self, of: Edge, cube: Edge) -> Result<Edge, Full> {
        let cube = self.from(cube, self.var(of));
        if of.constant() || cube == Edge::TRUE {
            return Ok(of);
        }
        let key = [EXISTS, of.0, cube.0, 0];
        if let Some(found) = self.recall(key) {
            return Ok(found);
        }
        self.step()?;
        let var = self.var(of);
        let (low, high) = self.branches(of);
        let result = if self.var(cube) == var {
            let rest = self.branches(cube).1;
            let low = self.exists(low, rest)?;
            if low == Edge::TRUE {
                low
            } else {
                let high = self.exists(high, rest)?;
                self.or(low, high)?
            }
        } else {
            let low = self.exists(low, cube)?;
            let high = self.exists(high, cube)?;
            self.node(var, low, high)?
        };
        Ok(self.remember(key, result))
    }

    /// Whether some values of the variables of `cube` make both hold, without building where both hold.
    pub(super) fn and_exists(&mut self, a: Edge, b: Edge, cube: Edge) -> Result<Edge, Full> {
        if a == Edge::FALSE || b == Edge::FALSE || a == b.not() {
            return Ok(Edge::FALSE);
        }
        if a == Edge::TRUE || a == b {
            return self.exists(b, cube);
        }
        if b == Edge::TRUE {
            return self.exists(a, cube);
        }
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        let var = self.var(a).min(self.var(b));
        let cube = self.from(cube, var);
        if cube == Edge::TRUE {
            return self.and(a, b);
        }
        let key = [AND_EXISTS, a.0, b.0, cube.0];
        if let Some(found) = self.recall(key) {
            return Ok(found);
        }
        self.step()?;
        let ((a0, a1), (b0, b1)) = (self.split(a, var), self.split(b, var));
        let result = if self.var(cube) == var {
            let rest = self.branches(cube).1;
            let low = self.and_exists(a0, b0, rest)?;
            if low == Edge::TRUE {
                low
            } else {
                let high = self.and_exists(a1, b1, rest)?;
                self.or(low, high)?
            }
        } else {
            let low = self.and_exists(a0, b0, cube)?;
            let high = self.and_exists(a1, b1, cube)?;
            self.node(var, low, high)?
        };
        Ok(self.remember(key, result))
    }

    /// A function where some variables are set as the literals of `cube` say.
    pub(super) fn cofactor(&mut self, of: Edge, mut cube: Edge) -> Result<Edge, Full> {
        let var = self.var(of);
        while self.var(cube) < var {
            let (low, high) = self.branches(cube);
            cube = if low == Edge::FALSE { high } else { low };
        }
        if of.constant() || cube == Edge::TRUE {
            return Ok(of);
        }
        let key = [COFACTOR, of.0, cube.0, 0];
        if let Some(found) = self.recall(key) {
            return Ok(found);
        }
        self.step()?;
        let (low, high) = self.branches(of);
        let result = if self.var(cube) == var {
            let (zero, one) = self.branches(cube);
            if zero == Edge::FALSE { self.cofactor(high, one)? } else { self.cofactor(low, zero)? }
        } else {
            let low = self.cofactor(low, cube)?;
            let high = self.cofactor(high, cube)?;
            self.node(var, low, high)?
        };
        Ok(self.remember(key, result))
    }

    /// What is left of a conjunction of variables from a variable on.
    fn from(&self, mut cube: Edge, var: u32) -> Edge {
        while self.var(cube) < var {
            cube = self.branches(cube).1;
        }
        cube
    }
}
