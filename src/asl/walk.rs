//! Every machine, state and expression of a definition, in the order of the text.

use super::{Expression, Kind, Machine, Payload, Scalar, State};

impl<'d> Machine<'d> {
    /// Calls `f` with this machine and every machine inside it, outer before inner.
    pub fn for_each_machine<'a>(&'a self, f: &mut dyn FnMut(&'a Self)) {
        f(self);
        for state in &self.states {
            state.machines().iter().for_each(|m| m.for_each_machine(f));
        }
    }

    /// Calls `f` with every state at every depth, and the machine it stands in.
    pub fn for_each_state<'a>(&'a self, f: &mut dyn FnMut(&'a Self, &'a State<'d>)) {
        for state in &self.states {
            f(self, state);
            state.machines().iter().for_each(|m| m.for_each_state(f));
        }
    }

    /// How many states there are, at every depth.
    pub fn count_states(&self) -> usize {
        let mut n = 0;
        self.for_each_state(&mut |_, _| n += 1);
        n
    }
}

impl<'d> State<'d> {
    /// Calls `f` with every payload template of the state, its rules and its catchers; not of machines inside it.
    pub fn for_each_payload<'a>(&'a self, f: &mut dyn FnMut(&'a Payload<'d>)) {
        let data = &self.data;
        let of_state = [
            &data.parameters,
            &data.arguments,
            &data.result_selector,
            &data.output,
            &data.assign,
        ];
        of_state
            .into_iter()
            .filter_map(|payload| payload.as_deref())
            .for_each(&mut *f);
        match &self.kind {
            Kind::Task(task) => task.credentials.iter().for_each(&mut *f),
            Kind::Choice(choice) => {
                choice
                    .rules
                    .iter()
                    .flat_map(|r| r.assign.iter().chain(&r.output))
                    .for_each(&mut *f);
            }
            Kind::Map(map) => {
                let reader = map.item_reader.as_ref().and_then(|r| r.arguments.as_ref());
                let batcher = map.item_batcher.as_ref().and_then(|b| b.batch_input.as_ref());
                let writer = map.result_writer.as_ref().and_then(|w| w.arguments.as_ref());
                let of_map = map.items.iter().chain(&map.item_selector);
                of_map
                    .chain(reader)
                    .chain(batcher)
                    .chain(writer)
                    .for_each(&mut *f);
            }
            _ => {}
        }
        self.catch()
            .iter()
            .flat_map(|c| c.assign.iter().chain(&c.output))
            .for_each(&mut *f);
    }

    /// Calls `f` with every setting of the state that may be computed.
    pub fn for_each_scalar<'a>(&'a self, f: &mut dyn FnMut(&'a Scalar<'d>)) {
        match &self.kind {
            Kind::Wait(wait) => wait.seconds.iter().chain(&wait.timestamp).for_each(f),
            Kind::Fail(fail) => fail.error.iter().chain(&fail.cause).for_each(f),
            Kind::Task(task) => task
                .timeout_seconds
                .iter()
                .chain(&task.heartbeat_seconds)
                .for_each(f),
            Kind::Map(map) => {
                let tolerated = map
                    .tolerated_failure_count
                    .iter()
                    .chain(&map.tolerated_failure_percentage);
                let reader = map.item_reader.iter().flat_map(|r| &r.max_items);
                let batcher = map
                    .item_batcher
                    .iter()
                    .flat_map(|b| b.max_items_per_batch.iter().chain(&b.max_input_bytes_per_batch));
                map.max_concurrency
                    .iter()
                    .chain(tolerated)
                    .chain(reader)
                    .chain(batcher)
                    .for_each(f);
            }
            _ => {}
        }
    }

    /// Calls `f` with every expression of the state, its rules and its catchers; not of machines inside it.
    pub fn for_each_expression<'a>(&'a self, f: &mut dyn FnMut(&'a Expression<'d>)) {
        let data = &self.data;
        let paths = [&data.input_path, &data.result_path, &data.output_path];
        paths.into_iter().filter_map(|p| p.expression()).for_each(&mut *f);
        self.for_each_scalar(&mut |s| s.expression().into_iter().for_each(&mut *f));
        match &self.kind {
            Kind::Choice(choice) => choice
                .rules
                .iter()
                .for_each(|r| r.condition.for_each_expression(f)),
            Kind::Map(map) => map.items_path.iter().for_each(&mut *f),
            _ => {}
        }
        self.for_each_payload(&mut |p| p.expressions.iter().for_each(&mut *f));
        self.catch()
            .iter()
            .filter_map(|c| c.result_path.expression())
            .for_each(&mut *f);
    }
}
